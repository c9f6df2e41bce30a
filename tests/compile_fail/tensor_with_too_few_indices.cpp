// expect: mica::Tensor: one index per extent is needed
#include <mica/mica.hpp>

mica::Tensor<float, 2, 3, 4> tensor;
float element = tensor(1, 2);
