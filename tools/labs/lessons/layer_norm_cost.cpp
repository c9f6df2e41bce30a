// What LayerNorm costs: it takes away how large a sample's activations are next to another's.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

using Plain = Sequential<Input<28, 28, 1>, Dense<100>, ReLU, Dense<100>, ReLU, Dense<10>>;
using Normed = Sequential<Input<28, 28, 1>, Dense<100>, ReLU, LayerNorm<>, Dense<100>, ReLU, LayerNorm<>, Dense<10>>;

template <class Net>
double train(Context& lab, const Digits& digits, const Digits& test, Text name, LinePlot& plot, Table& table) {
  const int epochs = lab.full_or_quick(60, 20);
  auto run = start<Run<Net>>(lab.seed);
  run->trainer.optimizer = {0.01f, 0.9f};
  Series& loss = plot.add(name);
  double last = 0;
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    last = run->train_epochs(digits, 1);
    loss.add(epoch, last);
  }
  const Score score = run->test(test);
  table.rows.push_back({name.english, number(last), number(score.loss), number(score.error_percent())});
  return last;
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(lab.full_or_quick(10000, 2000), lab.seed), test = lab.digits.testing(2000);
  LinePlot plot{"loss",
                {"Training loss of each epoch", "Mất mát huấn luyện mỗi vòng"},
                {"epoch", "vòng"},
                {"training loss", "mất mát huấn luyện"},
                Scale::linear,
                Scale::logarithmic};
  Table table{"scores",
              {"At the end", "Kết quả cuối"},
              {{"network", "mạng"},
               {"training loss", "mất mát huấn luyện"},
               {"test loss", "mất mát kiểm tra"},
               {"test error %", "lỗi kiểm tra %"}},
              {}};
  const double plain = train<Plain>(lab, digits, test, {"without LayerNorm", "không LayerNorm"}, plot, table);
  const double normed = train<Normed>(lab, digits, test, {"with LayerNorm", "có LayerNorm"}, plot, table);
  lab.report.explain(
      {"Two samples whose activations differ only in size look the same behind LayerNorm: their relative norm, "
       "which may tell something, is gone.",
       "Hai mẫu có kích hoạt chỉ khác nhau về độ lớn trở nên giống hệt sau LayerNorm: chuẩn tương đối của "
       "chúng, vốn có thể mang thông tin, bị mất."});
  lab.report.show(plot);
  lab.report.show(table);
  lab.report.find(normed > plain
                      ? Text{"Here the loss ends at {} without and at {} with LayerNorm: it costs, {} times.",
                             "Ở đây mất mát kết thúc ở {} khi không có và {} khi có LayerNorm: phải trả giá {} lần."}
                      : Text{"Here the loss ends at {} without and at {} with LayerNorm: it does not cost but helps "
                             "(ratio {}). These "
                             "digits need no relative norm; do not expect the same of other data.",
                             "Ở đây mất mát kết thúc ở {} khi không có và {} khi có LayerNorm: không mất mà còn lợi "
                             "(tỉ số {}). Các chữ "
                             "số này không cần chuẩn tương đối; dữ liệu khác có thể khác."},
                  plain, normed, normed / plain);
  lab.report.claim_at_most("plain-low", {"training loss without LayerNorm", "mất mát huấn luyện, không LayerNorm"},
                           plain, 0.05);
  lab.report.claim_at_most("normed-low", {"training loss with LayerNorm", "mất mát huấn luyện, có LayerNorm"}, normed,
                           0.05);
}

}  // namespace

const Lab layer_norm_cost{"layer-norm-cost",
                          {"What LayerNorm costs", "Cái giá của LayerNorm"},
                          {"Does normalising each sample take away something useful?",
                           "Chuẩn hóa từng mẫu có làm mất đi điều gì hữu ích không?"},
                          run};

}  // namespace mica::labs
