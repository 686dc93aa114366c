"""PDF rendering and the files that are stored once and served ever after."""
