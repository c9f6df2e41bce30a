// LayerNorm behind each activation: the nets of 1/n, 2/n and 3/n become the same.
#include "../deep50.hpp"
#include "../registry.hpp"

namespace mica::labs {
namespace {

using Net = DeepNet<Dense<100, Drawn>, ReLU, LayerNorm<>>;

void run(Context& lab) {
  const Digits digits = lab.digits.training(100, lab.seed);
  const int starts = lab.full_or_quick(100, 10);
  LinePlot plot{
      "activations",     {"Norm behind each LayerNorm, before training", "Chuẩn sau mỗi LayerNorm, trước huấn luyện"},
      {"layer", "tầng"}, {"norm of the activations", "chuẩn của kích hoạt"},
      Scale::linear,     Scale::logarithmic};
  LinePlot gradients = plot;
  gradients.id = "gradients";
  gradients.title = {"Norm of the gradient of each layer's weights", "Chuẩn gradient theo trọng số của từng tầng"};
  gradients.y = {"norm of the gradient", "chuẩn của gradient"};
  Profile profiles[3];
  const Series::Style styles[] = {Series::Style::line, Series::Style::dashed, Series::Style::points};
  for (int i = 0; i < 3; ++i) {
    profiles[i] = profile_at_start<Net>(digits, i + 1, starts, lab.seed, 3);
    const std::string name = "Var(w) = " + std::to_string(i + 1) + "/n";
    plot.series.push_back(over_layers({name, name}, profiles[i].activation, styles[i]));
    gradients.series.push_back(over_layers({name, name}, profiles[i].gradient, styles[i]));
  }
  double furthest = 1;
  for (std::size_t layer = 0; layer < deep_layers; ++layer) {
    furthest = std::max(furthest, ratio_of_extremes({profiles[0].activation[layer], profiles[1].activation[layer],
                                                     profiles[2].activation[layer]}));
  }
  lab.report.show(plot);
  lab.report.show(gradients);
  lab.report.find(
      {"LayerNorm divides each sample's activations by their own deviation, so it makes no difference how large "
       "they were: over all layers the three nets' norms are never more than {} times apart.",
       "LayerNorm chia kích hoạt của từng mẫu cho độ lệch chuẩn của chính nó, nên lớn nhỏ không còn quan "
       "trọng: qua mọi tầng, chuẩn của ba mạng không bao giờ cách nhau quá {} lần."},
      furthest);
  lab.report.claim("curves-coincide",
                   {"largest over smallest of the three nets' norms, at any layer",
                    "lớn nhất chia nhỏ nhất trong chuẩn của ba mạng, ở mọi tầng"},
                   furthest, 1, 2.5);
  // 100 normalised numbers have the norm 10.
  lab.report.claim("norm-of-100", {"norm at layer 49, 2/n: the root of 100", "chuẩn ở tầng 49, 2/n: căn của 100"},
                   profiles[1].activation[deep_layers - 1], 9.9, 10.1);
}

}  // namespace

const Lab layer_norm{"layer-norm",
                     {"LayerNorm in a deep net", "LayerNorm trong mạng sâu"},
                     {"Does the first weights' variance still matter behind LayerNorm?",
                      "Phương sai khởi tạo còn quan trọng khi có LayerNorm không?"},
                     run};

}  // namespace mica::labs
