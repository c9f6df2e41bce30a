// From reset to main on any Cortex-M: vectors, floating-point unit, variables, constructors.
#include <cstdint>

#include "board.hpp"

extern "C" {
extern std::uint32_t __stack_top, __data_load, __data_start, __data_end, __bss_start, __bss_end;
extern void (*const __constructors_start[])();
extern void (*const __constructors_end[])();

// C++ forbids to call main by its name.
int main_function() asm("main");

// c_library.cpp has another one, for programs with arguments and output buffers.
[[gnu::weak]] int run_main() { return main_function(); }

// Functions of the compiler's library name these in tables for exceptions, of which there are none.
[[gnu::weak]] void __aeabi_unwind_cpp_pr0() {}
[[gnu::weak]] void __aeabi_unwind_cpp_pr1() {}
[[gnu::weak]] void __aeabi_unwind_cpp_pr2() {}

[[noreturn]] void fault() {
  board::put("fault\n", 6);
  board::exit(125);
}

// Vectors that a program may fill by defining a function of this name.
[[gnu::weak]] void SysTick_Handler() { fault(); }

[[noreturn]] void Reset_Handler() {
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
  // CPACR: coprocessors 10 and 11 are the floating-point unit and Helium.
  *reinterpret_cast<volatile std::uint32_t*>(0xE000ED88) |= 0xFu << 20;
  asm volatile("dsb\n isb" ::: "memory");
#endif
  const std::uint32_t* from = &__data_load;
  for (std::uint32_t* to = &__data_start; to < &__data_end; ++to) *to = *from++;
  for (std::uint32_t* to = &__bss_start; to < &__bss_end; ++to) *to = 0;
  for (auto constructor = __constructors_start; constructor < __constructors_end; ++constructor) (*constructor)();
  board::exit(run_main());
}

// Destructors of static objects never run.
void* __dso_handle = nullptr;
}

namespace {

using Vector = void (*)();
[[gnu::section(".vectors"), gnu::used]] const Vector vectors[16] = {
    reinterpret_cast<Vector>(&__stack_top),
    Reset_Handler,
    fault,
    fault,
    fault,
    fault,
    fault,
    fault,
    fault,
    fault,
    fault,
    fault,
    fault,
    fault,
    fault,
    SysTick_Handler,
};

}  // namespace
