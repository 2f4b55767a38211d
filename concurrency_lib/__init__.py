"""The systems that a course on concurrency describes, one idea a module, safe by default.

`fork`, `processes`, `pools`, `commands` and `channels` deal with processes, `threads`, `locks` and
`thread_local` with threads, `workers` with either, `servers` and `task_server` with the network,
`message_loop`, `coroutines`, `fetching` and `web` with many waits in one thread; `interleavings` runs
threads, or tasks, in every order of their steps. Import the module you need, as in
`from concurrency_lib import pools`: the package itself imports nothing, so that children start quickly.
"""
