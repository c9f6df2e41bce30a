"""What the libraries call themselves."""
NAMES = {"mica": "Mica", "eigen": "Eigen", "openblas": "OpenBLAS", "onednn": "oneDNN", "pytorch": "PyTorch",
         "fann": "FANN", "libm": "C library"}


def of_library(name):
    return NAMES.get(name, name)
