// Which outputs of a convolution pass a gradient on through its pool: one bit each, written by forward and looked up by
// backward, so that only those cost something.
#pragma once

#include <cstdint>

#include <mica/kernels/pooled_convolution.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Sets the bits of outputs o, o + 1, ... of a pixel, where `bits` has them from its lowest on.
template <class P>
inline void add_bits(std::uint8_t* pixel, int o, unsigned bits) {
  if constexpr (P::lanes < 8) {
    pixel[o / 8] = static_cast<std::uint8_t>(pixel[o / 8] | (bits << o % 8));
  } else {
    for (int byte = 0; byte < P::lanes / 8; ++byte) pixel[o / 8 + byte] = (bits >> 8 * byte) & 255;
  }
}

// PassingRow: the bits of one row of the convolution's outputs.
class PassingRow {
 public:
  PassingRow(const PooledWindow& w, const std::uint8_t* bytes)
      : bytes_(bytes), width_(w.convolution.out_width), group_(static_cast<unsigned>(w.bits())) {
    while (1u << shift_ < group_) ++shift_;
    mask_ = group_ < 64 ? (std::uint64_t{1} << group_) - 1 : ~std::uint64_t{0};
  }

  // The bits of outputs o ... o + 63, or as many as there are, at one column; o is a multiple of 64.
  std::uint64_t outputs_at(int column, int o) const {
    const unsigned bit = static_cast<unsigned>(column) * group_ + static_cast<unsigned>(o);
    return word(bit / 64) >> bit % 64 & mask_;
  }

  // The bits of a vector's outputs from o on, which is a multiple of the lanes.
  template <class P>
  unsigned vector_at(int column, int o) const {
    const unsigned bit = static_cast<unsigned>(column) * group_ + static_cast<unsigned>(o);
    unsigned bits = bytes_[bit / 8] >> bit % 8;
    for (unsigned byte = 1; byte < P::lanes / 8; ++byte)
      bits |= static_cast<unsigned>(bytes_[bit / 8 + byte]) << 8 * byte;
    return bits;
  }

  // Calls visit(column, output) for all set bits, columns increasing. A block of pixels ends in front of column `end`,
  // and another after each `block`: end_block() is called before the first pixel behind one. Returns the first end that was
  // not met.
  template <class Visit, class EndBlock>
  int visit(int end, int block, Visit visit_one, EndBlock end_block) const {
    const unsigned words = (static_cast<unsigned>(width_) * group_ + 63) / 64;
    const int pixels = 64 >> shift_ > 0 ? 64 >> shift_ : 1;
    for (unsigned i = 0; i < words; ++i) {
      const auto visit_bits = [&](std::uint64_t bits) {
        for (; bits != 0; bits &= bits - 1) {
          const unsigned bit = i * 64 + static_cast<unsigned>(__builtin_ctzll(bits));
          visit_one(bit >> shift_, bit & (group_ - 1));
        }
      };
      const int first = static_cast<int>(i * 64 >> shift_);
      for (; first >= end; end += block) end_block();
      std::uint64_t bits = word(i);
      if (end < first + pixels && end < width_) {
        const std::uint64_t before = (std::uint64_t{1} << ((end - first) << shift_)) - 1;
        visit_bits(bits & before);
        end_block();
        end += block;
        bits &= ~before;
      }
      visit_bits(bits);
    }
    return end;
  }

 private:
  // 64 bits, the first of them lowest on any machine.
  std::uint64_t word(unsigned i) const {
    const std::uint8_t* const p = bytes_ + i * 8;
    const auto at = [p](int k) { return static_cast<std::uint64_t>(p[k]) << 8 * k; };
    return at(0) | at(1) | at(2) | at(3) | at(4) | at(5) | at(6) | at(7);
  }

  const std::uint8_t* bytes_;
  int width_;
  unsigned group_, shift_ = 0;  // bits from one pixel to the next, and as a power of two
  std::uint64_t mask_;
};

// Quotient: n / divisor by a multiplication, where n * divisor is below 2^31.
class Quotient {
 public:
  explicit Quotient(int divisor) : factor_((1u << 31) / static_cast<unsigned>(divisor) + 1) {}
  unsigned operator()(unsigned n) const { return static_cast<unsigned>(std::uint64_t{n} * factor_ >> 31); }

 private:
  std::uint32_t factor_;
};

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
