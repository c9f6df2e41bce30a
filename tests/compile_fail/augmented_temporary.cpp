// expect: (use of|call to) deleted
#include <mica/mica.hpp>

using Digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>;
const mica::Augmented varied(Digits::training(100, 1), mica::Shift{2});
