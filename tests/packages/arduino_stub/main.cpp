// Calls loop() once and ends, where a board would go on.
#include <Arduino.h>

Printer Serial;

void delay(unsigned long) {}

int main() {
  setup();
  loop();
}
