// Numbers as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace mica::command {

std::string grouped(std::uint64_t number);            // 1,234,567
std::string short_number(double number);              // 0.001, at most 6 digits
std::string fixed(double number, int decimals);       // 97.30
std::string percent(double share, int decimals = 2);  // 97.30 %
std::string duration(double seconds);                 // 0:07, 12:34, 1:02:03
std::string hexadecimal(std::uint64_t bits, int digits = 16);

}  // namespace mica::command
