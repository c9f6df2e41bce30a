// expect: mica::GlobalAvgPool: the input must have channels behind at least one other extent
#include <mica/layers/global_avg_pool.hpp>

using Output = mica::GlobalAvgPool::On<mica::Shape<10>>::Output;
Output output;
