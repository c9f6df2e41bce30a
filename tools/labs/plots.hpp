#pragma once

#include <string>
#include <vector>

#include "text.hpp"

namespace mica::labs {

enum class Scale { linear, logarithmic };

// Series: points that belong together. Where y is not finite, or not positive on a logarithmic scale, there is a gap.
struct Series {
  enum class Style { line, dashed, points, bars };
  Text name;
  std::vector<double> x = {}, y = {};
  Style style = Style::line;
  int colour = -1;  // of eight; -1: the next one

  void add(double at, double value) {
    x.push_back(at);
    y.push_back(value);
  }
};

// Mark: a vertical line with a word beside it.
struct Mark {
  double x;
  Text name;
};

// LinePlot: series over a number.
struct LinePlot {
  std::string id;  // part of the CSV file's name
  Text title = {}, x = {}, y = {};
  Scale x_scale = Scale::linear, y_scale = Scale::linear;
  std::vector<Series> series = {};
  std::vector<Mark> marks = {};
  bool same_units = false;  // as long to the right as upwards

  Series& add(Text name, Series::Style style = Series::Style::line) {
    series.push_back({std::move(name), {}, {}, style, -1});
    return series.back();
  }
};

// BarPlot: for each group of bars one value of each series.
struct BarPlot {
  struct Bars {
    Text name;
    std::vector<double> values;
  };
  std::string id;
  Text title = {}, y = {};
  std::vector<Text> groups = {};
  std::vector<Bars> series = {};
  Scale y_scale = Scale::linear;
};

// Heatmap: a number for each row and column, written in its cell; dark is high.
struct Heatmap {
  std::string id;
  Text title, row_title, column_title;
  std::vector<Text> rows = {}, columns = {};
  std::vector<std::vector<double>> values = {};
  int digits = 3;
};

// Table: words, the first row being the heading.
struct Table {
  std::string id;
  Text title;
  std::vector<Text> heading = {};
  std::vector<std::vector<std::string>> rows = {};
};

// A histogram of the values between two numbers, as shares, for a LinePlot.
Series histogram(Text name, const std::vector<double>& values, double low, double high, int bins);

// The pictures.
std::string svg(const LinePlot& plot, Language language);
std::string svg(const BarPlot& plot, Language language);
std::string svg(const Heatmap& plot, Language language);
std::string html(const Table& table, Language language);

// The numbers behind them.
std::string csv(const LinePlot& plot);
std::string csv(const BarPlot& plot);
std::string csv(const Heatmap& plot);
std::string csv(const Table& table);

}  // namespace mica::labs
