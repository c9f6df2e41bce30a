# The names of the compiler's functions that compute with double in software, as a regular expression.
set(double_arithmetic "__aeabi_c?d.*|__aeabi_(f|i|ui|l|ul)2d|__.*df[23]|__.*df[sd]i")
string(APPEND double_arithmetic "|__float.*df|__extendsfdf2|__truncdfsf2")
