// The ten digits as strokes. A stroke is a smooth curve through its points; a point written twice is a corner. Points
// are hundredths of the digit's height, x to the right and y down, from the middle of the digit.
#pragma once

#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace digit_strokes {

struct Point {
  std::int8_t x, y;
};
constexpr bool operator==(Point a, Point b) { return a.x == b.x && a.y == b.y; }

constexpr Point pen_up{127, 0};  // ends a stroke
constexpr Point finish{127, 1};  // ends a digit

// Every way of writing a digit that is listed is drawn equally often.
// clang-format off
constexpr Point points[] = {
    // 0: an oval; a narrow one
    {6, -50}, {-20, -36}, {-30, 2}, {-18, 40}, {4, 50}, {24, 36}, {30, -2}, {22, -38}, {2, -50}, finish,
    {4, -50}, {-14, -34}, {-20, 4}, {-12, 40}, {2, 50}, {15, 36}, {20, -4}, {14, -38}, {0, -50}, finish,
    // 1: a line; with a flag; with flag and foot
    {0, -50}, {0, 0}, {0, 50}, finish,
    {-18, -30}, {2, -50}, {2, -50}, {2, 0}, {2, 50}, finish,
    {-18, -32}, {0, -50}, {0, -50}, {0, 0}, {0, 50}, pen_up, {-22, 50}, {22, 50}, finish,
    // 2: with a corner at the bottom; with a loop
    {-26, -26}, {-12, -47}, {12, -49}, {26, -30}, {18, -6}, {-6, 22}, {-28, 50}, {-28, 50}, {30, 48},
    finish,
    {-24, -30}, {-8, -49}, {18, -45}, {24, -22}, {6, 16}, {-14, 42}, {-28, 44}, {-20, 30}, {2, 40},
    {30, 48}, finish,
    // 3: round; with a flat top
    {-24, -38}, {-4, -50}, {20, -40}, {18, -16}, {-6, -4}, {-6, -4}, {22, 10}, {24, 34}, {0, 50},
    {-26, 40}, finish,
    {-24, -50}, {24, -50}, {24, -50}, {-4, -10}, {-4, -10}, {20, 2}, {26, 26}, {6, 49}, {-26, 40}, finish,
    // 4: open; closed
    {-18, -50}, {-28, 8}, {-28, 8}, {30, 8}, pen_up, {14, -34}, {10, 50}, finish,
    {14, -50}, {-30, 16}, {-30, 16}, {32, 16}, pen_up, {14, -50}, {14, 50}, finish,
    // 5: in one stroke; with a separate roof
    {24, -50}, {-20, -50}, {-20, -50}, {-24, -6}, {-24, -6}, {4, -14}, {26, 10}, {14, 42}, {-10, 50},
    {-28, 40}, finish,
    {-18, -46}, {-22, -4}, {-22, -4}, {8, -10}, {24, 18}, {8, 46}, {-26, 44}, pen_up, {-18, -46},
    {28, -50}, finish,
    // 6: bent; straight
    {18, -48}, {-10, -32}, {-26, 6}, {-20, 42}, {4, 50}, {24, 32}, {14, 8}, {-8, 6}, {-24, 26}, finish,
    {8, -50}, {-14, -10}, {-24, 24}, {-12, 48}, {12, 46}, {22, 24}, {6, 8}, {-18, 20}, finish,
    // 7: plain; with a bar
    {-26, -48}, {28, -48}, {28, -48}, {6, -4}, {-8, 50}, finish,
    {-26, -46}, {28, -48}, {28, -48}, {6, -4}, {-6, 50}, pen_up, {-14, 2}, {24, -2}, finish,
    // 8: in one stroke; as two rings
    {20, -38}, {0, -50}, {-22, -34}, {-10, -12}, {14, 8}, {24, 30}, {0, 50}, {-25, 30}, {-12, 8},
    {12, -14}, {22, -34}, finish,
    {2, -50}, {-18, -36}, {-12, -12}, {10, -10}, {20, -32}, {2, -50}, pen_up, {0, -6}, {-22, 18},
    {-16, 44}, {10, 48}, {24, 24}, {0, -6}, finish,
    // 9: with a straight leg; with a bent one
    {24, -34}, {4, -50}, {-20, -38}, {-22, -14}, {0, -4}, {20, -18}, {24, -34}, {20, 4}, {12, 50}, finish,
    {22, -32}, {2, -50}, {-22, -34}, {-18, -10}, {4, -4}, {22, -24}, {24, 6}, {12, 42}, {-16, 48}, finish,
};
// clang-format on

// How many ways of writing each digit are listed.
constexpr std::uint8_t ways[10] = {2, 3, 2, 2, 2, 2, 2, 2, 2, 2};

}  // namespace digit_strokes
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
