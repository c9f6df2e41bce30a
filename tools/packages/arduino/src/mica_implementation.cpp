#define MICA_IMPLEMENTATION
#include "mica_single.hpp"
