"""Tasks that travel over the network: managers, and a queue that loses none."""
