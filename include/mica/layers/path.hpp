#pragma once

#include <type_traits>

#include <mica/chain.hpp>
#include <mica/layers/identity.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// A chain of layers inside a layer; no layers are the Identity.
template <class T, class Input, class... Layers>
struct PathOf {
  using Type = Chain<T, Input, Layers...>;
};
template <class T, class Input>
struct PathOf<T, Input> {
  using Type = Chain<T, Input, Identity>;
};
template <class T, class Input, class... Layers>
using Path = typename PathOf<T, Input, Layers...>::Type;

// Writes "Name<Layer, Layer>".
template <class... Layers, class Writer>
constexpr void describe_composite(Writer& writer, const char* name) {
  int i = 0;
  writer << name << "<";
  ((writer << (i++ == 0 ? "" : ", "), Layers::describe(writer)), ...);
  writer << ">";
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
