# Nothing has to be set for WASI; without this file CMake warns.
