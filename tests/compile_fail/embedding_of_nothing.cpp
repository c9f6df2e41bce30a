// expect: mica::Embedding: the vocabulary and the dimension must be at least 1
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<5>, mica::Embedding<0, 4>>;
static_assert(Net::parameters > 0, "");
