#include "registry.hpp"

namespace mica::labs {

const std::vector<const Lab*>& all_labs() {
#ifdef MICA_BUILD_LABS
  static const std::vector<const Lab*> labs = {&zero_init,      &symmetry,
                                               &init_variance,  &weights_barely_move,
                                               &layer_norm,     &layer_norm_cost,
                                               &batch_norm,     &batch_norm_test_time,
                                               &batch_size,     &standardise,
                                               &vanishing,      &saturation,
                                               &exploding,      &xavier_he,
                                               &maclaurin,      &distributions,
                                               &prelu,          &weight_decay,
                                               &dropout,        &interaction,
                                               &memorise,       &early_stopping,
                                               &double_descent, &nearest_neighbour,
                                               &inductive_bias, &norms};
#else
  static const std::vector<const Lab*> labs;
#endif
  return labs;
}

}  // namespace mica::labs
