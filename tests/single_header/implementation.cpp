// The one file that holds Mica's code, included twice: first as every other file includes it.
#include <mica_single.hpp>

#define MICA_IMPLEMENTATION
#include <mica_single.hpp>
