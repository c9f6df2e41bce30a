// expect: mica::Augmented: first what moves the image
#include <mica/mica.hpp>

using Digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>;
const auto digits = Digits::training(100, 1);
const mica::Augmented varied(digits, mica::Noise{0.1f}, mica::Shift{2});
