#pragma once

#include <type_traits>

#include <mica/namespace.hpp>
#include <mica/window.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// What a bound layer can be when a chain makes one of several (fusion.hpp). A layer's On says it with
//   using Fuses = FusesAs<On, FusionPart::rectifier>;
// and a type that inherits from On, or wraps it, does not say it.
enum class FusionPart { none, convolution, rectifier, max_pool };
template <class Bound, FusionPart what>
struct FusesAs {
  using Layer = Bound;
  static constexpr FusionPart part = what;
};

template <class Bound, class = void>
constexpr FusionPart fusion_part = FusionPart::none;
template <class Bound>
constexpr FusionPart fusion_part<Bound, std::void_t<typename Bound::Fuses>> =
    std::is_same_v<typename Bound::Fuses::Layer, Bound> ? Bound::Fuses::part : FusionPart::none;

// Whether a pool's windows neither overlap nor reach outside.
constexpr bool windows_apart_and_inside(const Window& pool) {
  return pool.top == 0 && pool.left == 0 && pool.padded_height() <= pool.height && pool.padded_width() <= pool.width &&
         pool.stride_height >= pool.kernel_height && pool.stride_width >= pool.kernel_width;
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
