#pragma once

#include <type_traits>
#include <utility>

#include <mica/data/affine_map.hpp>
#include <mica/data/image_view.hpp>
#include <mica/namespace.hpp>
#include <mica/rng.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// The augmentation contract: a small type that holds its settings and has one of
//   void move(AffineMap& map, Random random) const;      where the picture is placed (Shift, Rotate, Scale, flips)
//   void change(ImageView image, Random random) const;   what becomes of the numbers (Noise, Cutout)
//   float share(Random random) const;                    what is kept beside another sample (Mixup)
// `random` belongs to this augmentation, this sample and this epoch alone; draw its elements 0, 1, ... Write your own
// in the same way. What changes numbers but only works on images says so: static constexpr bool needs_image = true.
template <class T, class = void>
constexpr bool moves_image = false;
template <class T>
constexpr bool moves_image<
    T, std::void_t<decltype(std::declval<const T&>().move(std::declval<AffineMap&>(), std::declval<Random>()))>> = true;
template <class T, class = void>
constexpr bool mixes_samples = false;
template <class T>
constexpr bool mixes_samples<T, std::void_t<decltype(std::declval<const T&>().share(std::declval<Random>()))>> = true;

template <class T, class = void>
constexpr bool needs_image = moves_image<T>;
template <class T>
constexpr bool needs_image<T, std::void_t<decltype(T::needs_image)>> = T::needs_image;

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
