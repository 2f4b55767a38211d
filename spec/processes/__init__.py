"""The document's first chapters: the introduction, fork, multiprocessing, pools, programs, communication."""
