#include "registry.hpp"

#include "refusal.hpp"

namespace mica::models {

// Each is defined in the file of its name.
const ReferenceModel& mlp();
const ReferenceModel& mlp_bn();
const ReferenceModel& cnn();
const ReferenceModel& lenet5();
const ReferenceModel& deep50();
const ReferenceModel& tiny();
const ReferenceModel& dscnn();
const ReferenceModel& resnet8();
const ReferenceModel& autoencoder();
const ReferenceModel& gru();

const std::vector<const ReferenceModel*>& all_models() {
  static const std::vector<const ReferenceModel*> models = {&mlp(),  &mlp_bn(), &cnn(),     &lenet5(),      &deep50(),
                                                            &tiny(), &dscnn(),  &resnet8(), &autoencoder(), &gru()};
  return models;
}

const ReferenceModel& model_named(const std::string& name) {
  for (const ReferenceModel* model : all_models()) {
    if (name == model->facts().name) return *model;
  }
  refuse("There is no model \"" + name + "\"; the models are " + model_names() + ".");
}

const ReferenceModel* model_with_fingerprint(std::uint64_t fingerprint) {
  for (const ReferenceModel* model : all_models()) {
    if (model->facts().fingerprint == fingerprint) return model;
  }
  return nullptr;
}

std::string model_names() {
  std::string names;
  for (const ReferenceModel* model : all_models())
    names += (names.empty() ? "" : ", ") + std::string(model->facts().name);
  return names;
}

}  // namespace mica::models
