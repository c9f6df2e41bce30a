// Var(w) = 1/n, 2/n, 3/n in a ReLU net of 50 layers: what happens to the signal before any training.
#include "../deep50.hpp"
#include "../registry.hpp"

namespace mica::labs {
namespace {

using Net = DeepNet<Dense<100, Drawn>, ReLU>;

void run(Context& lab) {
  const Digits digits = lab.digits.training(100, lab.seed);
  const int starts = lab.full_or_quick(200, 40);
  LinePlot activations{
      "activations",
      {"Norm of each layer's activations before training", "Chuẩn kích hoạt của từng tầng trước huấn luyện"},
      {"layer", "tầng"},
      {"norm of the activations", "chuẩn của kích hoạt"},
      Scale::linear,
      Scale::logarithmic};
  LinePlot gradients = activations;
  gradients.id = "gradients";
  gradients.title = {"Norm of the gradient of each layer's weights", "Chuẩn gradient theo trọng số của từng tầng"};
  gradients.y = {"norm of the gradient", "chuẩn của gradient"};
  Profile profiles[3];
  const char* const names[] = {"1/n", "2/n", "3/n"};
  for (int i = 0; i < 3; ++i) {
    profiles[i] = profile_at_start<Net>(digits, i + 1, starts, lab.seed, 2);
    const std::string name = std::string("Var(w) = ") + names[i];
    activations.series.push_back(over_layers({name, name}, profiles[i].activation));
    gradients.series.push_back(over_layers({name, name}, profiles[i].gradient));
  }
  lab.report.explain(
      {"A ReLU keeps half of the mean square, so a layer multiplies it by n Var(w) / 2: by 1/2, 1 or 3/2, "
       "and 49 layers by the 49th power of that. Shown is the geometric mean over {} random starts.",
       "ReLU giữ lại một nửa trung bình bình phương, nên mỗi tầng nhân nó với n Var(w) / 2: 1/2, 1 hoặc "
       "3/2, và 49 tầng nhân với lũy thừa 49 của số đó. Hình vẽ trung bình nhân của {} lần khởi tạo."},
      starts);
  lab.report.show(activations);
  lab.report.show(gradients);
  const auto last = [&](int i) { return profiles[i].activation[deep_layers - 1]; };
  double largest_spread = 0;
  for (const Profile& profile : profiles) {
    // Layers 2 to 49: the first has 784 inputs, the others 100.
    largest_spread =
        std::max(largest_spread, ratio_of_extremes({profile.gradient.begin() + 1, profile.gradient.end()}));
  }
  lab.report.find(
      {"At layer 49 the norm is {} with 1/n, {} with 2/n and {} with 3/n. The three nets' gradients differ by "
       "as much, but within one net they hardly differ from layer to layer (at most {} times): a layer's "
       "gradient is its input times what comes back, and where one shrinks the other has yet to shrink.",
       "Ở tầng 49 chuẩn là {} với 1/n, {} với 2/n và {} với 3/n. Gradient của ba mạng khác nhau từng ấy lần, "
       "nhưng trong cùng một mạng chúng hầu như không đổi giữa các tầng (nhiều nhất {} lần): gradient của một "
       "tầng là đầu vào nhân tín hiệu truyền ngược, cái này co thì cái kia chưa co."},
      last(0), last(1), last(2), largest_spread);
  lab.report.claim_at_most("vanishes", {"norm at layer 49, 1/n", "chuẩn ở tầng 49, 1/n"}, last(0), 1e-5);
  lab.report.claim("stays", {"norm at layer 49 over that at layer 1, 2/n", "chuẩn tầng 49 chia tầng 1, 2/n"},
                   last(1) / profiles[1].activation[0], 1.0 / 3, 3);
  lab.report.claim_at_least("explodes", {"norm at layer 49, 3/n", "chuẩn ở tầng 49, 3/n"}, last(2), 1e4);
  lab.report.claim_at_most("gradients-even",
                           {"largest over smallest gradient norm of layers 2 to 49, in any net",
                            "chuẩn gradient lớn nhất chia nhỏ nhất ở tầng 2 đến 49, trong mỗi mạng"},
                           largest_spread, 10);
}

}  // namespace

const Lab init_variance{"init-variance",
                        {"The variance of the first weights", "Phương sai khi khởi tạo"},
                        {"What do Var(w) = 1/n, 2/n and 3/n do to the signal in a net of 50 layers?",
                         "Var(w) = 1/n, 2/n và 3/n làm gì với tín hiệu trong mạng 50 tầng?"},
                        run};

}  // namespace mica::labs
