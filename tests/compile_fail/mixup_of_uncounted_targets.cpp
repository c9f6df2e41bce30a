// expect: mica::Mixup: a dataset whose targets are numbers must say how many
#include <mica/mica.hpp>

struct Curve {
  using Sample = mica::Shape<1>;
  int size() const { return 1; }
  mica::Status read(int, float*, float*) const { return {}; }
};
const Curve curve;
const mica::Augmented mixed(curve, mica::Mixup{0.2f});
