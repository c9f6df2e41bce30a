// expect: mica::AvgPool1d: the end of the sequence would be left out. Say DropBorder
#include <mica/layers/avg_pool1d.hpp>

using Layer = mica::AvgPool1d<4>;
using Output = Layer::On<mica::Shape<126, 6>>::Output;
Output output;
