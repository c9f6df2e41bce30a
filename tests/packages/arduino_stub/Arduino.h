// As much of Arduino as the examples of the library use.
#pragma once

#include <cstdint>
#include <cstdio>

using std::uint8_t;

struct Printer {
  void begin(long) {}
  void print(const char* text) { std::printf("%s", text); }
  void print(int number) { std::printf("%d", number); }
  void print(double number, int digits = 2) { std::printf("%.*f", digits, number); }
  template <class... Arguments>
  void println(Arguments... arguments) {
    print(arguments...);
    std::putchar('\n');
  }
};
extern Printer Serial;

void delay(unsigned long milliseconds);
void setup();
void loop();
