"""The report promises a page that is complete, safe and readable, whatever the record says."""
