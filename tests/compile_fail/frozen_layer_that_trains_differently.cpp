// expect: mica::Frozen: this layer behaves differently in training, and has no other form to freeze
#include <mica/mica.hpp>

struct Jitter {
  template <class Input, class T>
  struct On : mica::LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool trains_differently = true;
  };
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Jitter";
  }
};
using Net = mica::Sequential<mica::Input<8>, mica::Frozen<Jitter>, mica::Dense<2>>;
mica::Model<Net> model;
