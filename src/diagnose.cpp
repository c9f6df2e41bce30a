#include <mica/diagnostics/diagnose.hpp>
#include <mica/initializers.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

// From here on something is called vanishing or exploding.
constexpr float far_apart = 1e4f;
// A variance this much off is worth a word.
constexpr float variance_off = 1.15f;
// A share of units or values that makes a layer sick.
constexpr float half = 0.5f;
// In fewer samples every unit might be 0 by chance.
constexpr int samples_to_judge_units = 8;
constexpr float much_grown = 10;
// A layer that starts this close to nothing has vanished, one this far up has exploded.
constexpr float nothing = 1e-12f, far_up = 1e12f;

// Doctor: looks at a report for one kind of trouble after the other and writes what it finds.
class Doctor {
 public:
  Doctor(const NetworkReport& report, char* text, int capacity) : report_(report), out_(text, capacity) {}

  Diagnosis examine() {
    // What follows a NaN is NaN as well, so the first one is all there is to say.
    if (!finds_not_finite()) {
      look_at_outputs();
      look_at_gradients();
      for (int i = 0; i < report_.layers; ++i) look_at_units(i);
    }
    if (troubles_ == 0) {
      out_ << "No trouble found in " << report_.layers << (report_.layers == 1 ? " layer." : " layers.");
      out_.end_line();
    }
    return {troubles_, out_.left_out()};
  }

 private:
  const LayerReport& layer(int i) const { return report_.reports[i]; }
  void begin(int i) {
    out_ << "Layer " << i + 1 << ", ";
    report_.name(i, out_);
    out_ << ": ";
  }
  void end() {
    out_ << '.';
    out_.end_line();
    ++troubles_;
  }
  void counts(const ValueStatistics& values) {
    out_ << values.not_a_number << " NaN and " << values.infinite << " infinite of "
         << values.count + values.not_finite();
  }

  bool finds_not_finite() {
    for (int i = 0; i < report_.layers; ++i) {
      const LayerFacts& its = report_.facts[i];
      for (int t = its.first_tensor; t < its.first_tensor + its.tensors; ++t) {
        if (report_.parameters[t].value.not_finite() == 0) continue;
        begin(i);
        out_ << "the parameters hold ";
        counts(report_.parameters[t].value);
        out_ << "; this is the first layer with such parameters; the learning rate was too large, or the gradient was "
                "not finite";
        return end(), true;
      }
      if (layer(i).output.not_finite() > 0) {
        begin(i);
        out_ << "the outputs hold ";
        counts(layer(i).output);
        out_ << "; this is the first layer with such outputs; its largest finite one is " << layer(i).output.maximum;
        return end(), true;
      }
    }
    for (int i = report_.layers - 1; i >= 0; --i) {
      if (layer(i).output_gradient.not_finite() == 0) continue;
      begin(i);
      out_ << "the gradient that comes back to it holds ";
      counts(layer(i).output_gradient);
      out_ << ", the first on the way back, though every output is finite";
      return end(), true;
    }
    return false;
  }

  // "; its weights have variance 1.0/n, ReLU wants 2/n", if that is so in the direction of the trouble.
  void blame_variance(bool too_small) {
    for (int i = 0; i < report_.layers; ++i) {
      const ParameterReport* const weight = report_.weight_of(i);
      const LayerFacts& its = report_.facts[i];
      if (weight == nullptr || !its.has_one_weight || its.next.kind == Activation::transparent) continue;
      if (its.next.kind == Activation::linear && i != report_.layers - 1) continue;
      const int fan_in = weight->value.count / its.units;
      const float variance = weight->value.deviation * weight->value.deviation * static_cast<float>(fan_in);
      const float wanted = Auto::variance({1, 1}, its.next);  // n Var(w), for as many outputs as inputs
      const bool off = too_small ? variance * variance_off < wanted : variance > wanted * variance_off;
      if (!off) continue;
      out_ << "; the weights of layer " << i + 1 << " have variance " << variance << "/n, " << name_of(its.next.kind)
           << " wants " << wanted << "/n";
      return;
    }
  }
  static const char* name_of(Activation::Kind kind) {
    switch (kind) {
      case Activation::rectifier:
        return "the ReLU family";
      case Activation::sigmoid:
        return "a sigmoid";
      case Activation::hard_sigmoid:
        return "a hard sigmoid";
      case Activation::tanh:
        return "tanh";
      default:
        return "the layer behind";
    }
  }

  // Compares what layers with weights put out, from the first to the last of them.
  void look_at_outputs() {
    int first = -1, last = -1;
    for (int i = 0; i < report_.layers; ++i) {
      if (report_.weight_of(i) == nullptr || layer(i).output.count == 0) continue;
      first = first < 0 ? i : first;
      last = i;
    }
    if (first < 0 || last == first) return;
    const float at_first = layer(first).output.root_mean_square(), at_last = layer(last).output.root_mean_square();
    if (at_last * far_apart < at_first && at_last > 0) {
      begin(last);
      out_ << "its outputs are about " << at_last << ", " << at_first / at_last << " times smaller than those of layer "
           << first + 1 << ": the signal vanishes";
      blame_variance(true);
      end();
    } else if (at_first > 0 && (at_last > at_first * far_apart || at_last > far_up)) {
      begin(last);
      out_ << "its outputs are about " << at_last << ", " << at_last / at_first << " times larger than those of layer "
           << first + 1 << ": the signal explodes";
      blame_variance(false);
      end();
    }
  }

  void look_at_gradients() {
    int lowest = -1, highest = -1, zero = 0, with_weights = 0, first_zero = -1;
    for (int i = 0; i < report_.layers; ++i) {
      const ParameterReport* const weight = report_.weight_of(i);
      if (weight == nullptr || weight->gradient.empty()) continue;
      ++with_weights;
      if (weight->gradient.all_zero()) {
        first_zero = zero++ == 0 ? i : first_zero;
        continue;
      }
      lowest = lowest < 0 ? i : lowest;
      highest = i;
    }
    if (zero > 0) {
      begin(first_zero);
      out_ << "the gradient of its weights is exactly 0, as in " << zero << " of " << with_weights
           << " layers with weights: they do not learn";
      const ParameterReport& weight = *report_.weight_of(first_zero);
      if (weight.value.all_zero()) out_ << "; all its weights are 0, and so nothing comes through";
      end();
    }
    if (lowest < 0 || lowest == highest) return;
    const float below = report_.weight_of(lowest)->gradient.norm, above = report_.weight_of(highest)->gradient.norm;
    if (below * far_apart < above) {
      begin(lowest);
      out_ << "gradient norm " << below << ", " << above / below << " times smaller than that of layer " << highest + 1
           << ": vanishing";
      blame_variance(true);
      end();
    } else if (below > above * far_apart) {
      begin(lowest);
      out_ << "gradient norm " << below << ", " << below / above << " times larger than that of layer " << highest + 1
           << ": exploding";
      blame_variance(false);
      end();
    } else if (below < nothing && above < nothing) {
      begin(lowest);
      out_ << "gradient norm " << below << ", in every layer next to nothing: vanishing";
      end();
    } else if (below > far_up) {
      begin(lowest);
      out_ << "gradient norm " << below << ": exploding";
      end();
    }
  }

  void look_at_units(int i) {
    const LayerReport& its = layer(i);
    const int units = report_.facts[i].units;
    const Activation::Kind kind = report_.facts[i].own.kind;
    const bool enough = its.samples >= samples_to_judge_units;
    if (kind == Activation::rectifier && enough &&
        static_cast<float>(its.dead_units) > half * static_cast<float>(units)) {
      begin(i);
      out_ << its.dead_units << " of " << units << " units are 0 for all " << its.samples
           << " samples: dead; the learning rate may be too large, LeakyReLU or PReLU keep them alive";
      end();
    }
    if (its.share_saturated() > half) {
      begin(i);
      out_ << 100 * its.share_saturated() << " % of its outputs are saturated, |z| beyond 4: their slope is next to 0";
      blame_variance(false);
      end();
    }
    if (its.units_alike && enough && report_.weight_of(i) != nullptr && !its.output.all_zero()) {
      begin(i);
      out_ << "all " << units
           << " units give the same output in every sample: nothing tells them apart; draw the weights "
           << "at random";
      end();
    }
    look_at_growth(i);
  }
  // Where the start is known: the norm of w - w0 against that of w0, which is at least | |w| - |w - w0| |.
  void look_at_growth(int i) {
    const ParameterReport* const weight = report_.weight_of(i);
    if (weight == nullptr || weight->change.empty()) return;
    const float started = weight->value.norm - weight->change.norm;
    const float before = started < 0 ? -started : started;
    if (before == 0 || weight->value.norm < much_grown * before) return;
    begin(i);
    out_ << "the norm of its weights has grown to " << weight->value.norm << ", and " << weight->change.norm
         << " of that since the start: the steps are too large";
    end();
  }

  const NetworkReport& report_;
  SentenceWriter out_;
  int troubles_ = 0;
};

}  // namespace

Diagnosis diagnose(const NetworkReport& report, char* text, int capacity) {
  return Doctor(report, text, capacity).examine();
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
