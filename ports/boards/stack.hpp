// How much stack a call needs: the free stack is painted before, and looked at afterwards.
#pragma once

#include <cstddef>
#include <cstdint>

// From sections.ld.
extern "C" std::uint32_t __stack_limit, __stack_top;

namespace board {

constexpr std::uint32_t paint = 0x5afe57ac;

// Paints the stack below the caller and returns where that is. Always inlined, because it writes over what it would
// itself stand on.
[[gnu::always_inline]] inline volatile std::uint32_t* paint_stack() {
  volatile std::uint32_t* top;
  asm volatile("mov %0, sp" : "=r"(top));
  for (volatile std::uint32_t* word = &__stack_limit; word < top; ++word) *word = paint;
  return top;
}

// How many bytes below `top` have been used since it was returned.
[[gnu::always_inline]] inline std::size_t stack_used(const volatile std::uint32_t* top) {
  const volatile std::uint32_t* word = &__stack_limit;
  while (word < top && *word == paint) ++word;
  return static_cast<std::size_t>(top - word) * sizeof(std::uint32_t);
}

}  // namespace board
