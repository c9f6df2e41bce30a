// The table of reference models.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reference_model.hpp"

namespace mica::models {

const std::vector<const ReferenceModel*>& all_models();

// The model of this name; refuses a name that no model has.
const ReferenceModel& model_named(const std::string& name);

// The model whose type has this fingerprint, or null.
const ReferenceModel* model_with_fingerprint(std::uint64_t fingerprint);

// "mlp, mlp_bn, ..."
std::string model_names();

}  // namespace mica::models
