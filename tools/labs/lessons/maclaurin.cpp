// tanh(x) is about x, sigmoid(x) about 1/2 + x/4: where that holds, by the library's own functions.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

double tanh_of(double x) {
  float y, at = static_cast<float>(x);
  kernels::tanh(1, &at, &y);
  return static_cast<double>(y);
}
double sigmoid_of(double x) {
  float y, at = static_cast<float>(x);
  kernels::sigmoid(1, &at, &y);
  return static_cast<double>(y);
}

void run(Context& lab) {
  LinePlot plot{
      "functions", {"The functions and their straight lines", "Các hàm và đường thẳng xấp xỉ"}, {"x", "x"}, {"y", "y"}};
  Series tanh{{"tanh(x)", "tanh(x)"}}, line{{"x", "x"}}, sigmoid{{"sigmoid(x)", "sigmoid(x)"}},
      slope{{"1/2 + x/4", "1/2 + x/4"}};
  line.style = slope.style = Series::Style::dashed;
  for (double x = -3; x <= 3.001; x += 0.05) {
    tanh.add(x, tanh_of(x));
    if (std::abs(x) <= 1.5) line.add(x, x);
    sigmoid.add(x, sigmoid_of(x));
    slope.add(x, 0.5 + x / 4);
  }
  plot.series = {tanh, line, sigmoid, slope};
  lab.report.show(plot);

  LinePlot errors{"errors",           {"Error of the straight lines", "Sai số của xấp xỉ"},
                  {"x", "x"},         {"|error|", "|sai số|"},
                  Scale::logarithmic, Scale::logarithmic};
  Series of_tanh{{"tanh(x) - x", "tanh(x) - x"}}, of_sigmoid{{"sigmoid(x) - (1/2 + x/4)", "sigmoid(x) - (1/2 + x/4)"}};
  Series cubic{{"x³/3", "x³/3"}}, cubic_sigmoid{{"x³/48", "x³/48"}};
  cubic.style = cubic_sigmoid.style = Series::Style::dashed;
  Table table{"table",
              {"Error", "Sai số"},
              {{"x", "x"},
               {"tanh(x)", "tanh(x)"},
               {"tanh(x) - x", "tanh(x) - x"},
               {"sigmoid(x)", "sigmoid(x)"},
               {"sigmoid(x) - (1/2 + x/4)", "sigmoid(x) - (1/2 + x/4)"}},
              {}};
  for (double x = 0.1; x <= 3.2; x *= 1.1) {
    of_tanh.add(x, std::abs(tanh_of(x) - x));
    of_sigmoid.add(x, std::abs(sigmoid_of(x) - 0.5 - x / 4));
    cubic.add(x, x * x * x / 3);
    cubic_sigmoid.add(x, x * x * x / 48);
  }
  for (const double x : {0.1, 0.25, 0.5, 1.0, 2.0, 3.0}) {
    table.rows.push_back({number(x), number(tanh_of(x), 5), number(tanh_of(x) - x), number(sigmoid_of(x), 5),
                          number(sigmoid_of(x) - 0.5 - x / 4)});
  }
  errors.series = {of_tanh, cubic, of_sigmoid, cubic_sigmoid};
  lab.report.show(errors);
  lab.report.show(table);

  // The largest |x| up to which a tenth of x, or of x/4, is not exceeded.
  double tanh_holds = 0, sigmoid_holds = 0;
  for (double x = 0.01; x < 4 && std::abs(tanh_of(x) - x) <= 0.1 * x; x += 0.01) tanh_holds = x;
  for (double x = 0.01; x < 4 && std::abs(sigmoid_of(x) - 0.5 - x / 4) <= 0.1 * x / 4; x += 0.01) sigmoid_holds = x;
  lab.report.find(
      {"To within a tenth the line holds up to |x| = {} for tanh and |x| = {} for the sigmoid. The error grows "
       "as the cube of x: the next terms of the series are -x³/3 and -x³/48.",
       "Với sai số một phần mười, xấp xỉ đúng đến |x| = {} cho tanh và |x| = {} cho sigmoid. Sai số tăng theo "
       "lập phương của x: số hạng tiếp theo của chuỗi là -x³/3 và -x³/48."},
      tanh_holds, sigmoid_holds);
  lab.report.claim("tanh-holds", {"|x| up to which tanh(x) is x within 10 %", "|x| đến đó tanh(x) bằng x trong 10 %"},
                   tanh_holds, 0.5, 0.65);
  lab.report.claim(
      "sigmoid-holds",
      {"|x| up to which sigmoid(x) - 1/2 is x/4 within 10 %", "|x| đến đó sigmoid(x) - 1/2 bằng x/4 trong 10 %"},
      sigmoid_holds, 1.05, 1.25);
  lab.report.claim("cube", {"error of tanh at 0.25 over 0.25³/3", "sai số của tanh tại 0.25 chia 0.25³/3"},
                   std::abs(tanh_of(0.25) - 0.25) / (0.25 * 0.25 * 0.25 / 3), 0.95, 1);
}

}  // namespace

const Lab maclaurin{"maclaurin",
                    {"Straight lines for tanh and sigmoid", "Xấp xỉ Maclaurin của tanh và sigmoid"},
                    {"Where is tanh(x) about x, and sigmoid(x) about 1/2 + x/4?",
                     "Ở đâu tanh(x) gần bằng x, và sigmoid(x) gần bằng 1/2 + x/4?"},
                    run};

}  // namespace mica::labs
