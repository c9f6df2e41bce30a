// expect: mica::Augmented: to shift, rotate, scale, flip or cut out, the samples must be images
#include <mica/mica.hpp>

struct Points {
  using Sample = mica::Shape<3>;
  int size() const { return 1; }
  mica::Status read(int, float*, std::uint8_t&) const { return {}; }
};
const Points points;
const mica::Augmented varied(points, mica::Shift{2});
