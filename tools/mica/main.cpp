// Only whole numbers and pointers up to the check, so that no instruction runs that the processor may lack.
#include <cstdio>

#include "commands.hpp"
#include "processor.hpp"

int main(int count, char** words) {
  if (const char* missing = mica::command::missing_instructions()) {
    std::fprintf(stderr,
                 "This mica was built for a processor with %s, which this one lacks; build it here, or with "
                 "-DMICA_PORT=scalar on such a processor.\n",
                 missing);
    return 2;
  }
  return mica::command::run(count, words);
}
