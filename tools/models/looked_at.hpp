#pragma once

#include <algorithm>
#include <cmath>

#include <mica/mica.hpp>

#include "network.hpp"

namespace mica::models {

// LookedAt: watches one step of a copy of a network, and remembers where its parameters started.
template <class Net, class Loss, int batch>
class LookedAt {
 public:
  explicit LookedAt(const Model<Net>& start) : start_(start), copy_(start) { diagnostics_.since(start_); }

  template <class Data>
  Status look(const Model<Net>& model, const Data& data, NetworkLook& found) {
    Status status = data_.gather(data, 0, std::min(batch, data.size()), [](std::uint32_t i) { return i; });
    if (!status.ok()) return status;
    copy_ = model;
    trainer_.optimizer.learning_rate = 0;
    static_cast<void>(trainer_.step(copy_, data_.x(), data_.target(), diagnostics_));
    found.layers.clear();
    for (int i = 0; i < diagnostics_.layers; ++i) found.layers.push_back(layer(i));
    char text[4000];
    diagnose(diagnostics_, text, sizeof text);
    found.diagnosis = text;
    return status;
  }

 private:
  LayerLook layer(int i) const {
    char name[200];
    SentenceWriter writer(name, sizeof name);
    diagnostics_.write_name(i, writer);
    const LayerReport& report = diagnostics_.layer(i);
    LayerLook look;
    look.name = name;
    look.activation = report.output.norm / std::sqrt(static_cast<float>(std::max(1, report.samples)));
    if (const ParameterReport* const weight = diagnostics_.report().weight_of(i)) {
      look.gradient = weight->gradient.norm;
      look.weight = weight->value.norm;
      look.change = weight->change.norm;
    }
    return look;
  }

  Model<Net> start_, copy_;
  Trainer<Net, Loss, SGD, batch> trainer_;
  Diagnostics<Net> diagnostics_;
  DataBatch<Net, Loss, batch> data_;
};

}  // namespace mica::models
