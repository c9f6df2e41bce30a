// expect: nodiscard
#pragma GCC diagnostic error "-Wunused-result"
#include <mica/mica.hpp>

mica::Status read();
void careless() { read(); }
