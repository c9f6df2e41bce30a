// expect: nodiscard
#pragma GCC diagnostic error "-Wunused-result"
#include <mica/status.hpp>

mica::Status read();
void careless() { read(); }
