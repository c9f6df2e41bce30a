#pragma once

#include <string>
#include <vector>

#include "plots.hpp"

namespace mica::labs {

// Report: what a lab finds: sentences, plots and tables in the order of the lesson, and claims, each of which holds if a
// measured value lies in a band. Sentences and claims are printed as they come.
class Report {
 public:
  Report(std::string name, Text title, Text question, Language language);

  // A paragraph that explains, and a finding.
  template <class... Value>
  void explain(Text text, const Value&... value) {
    add_paragraph("explains", filled(std::move(text), {to_word(value)...}));
  }
  template <class... Value>
  void find(Text text, const Value&... value) {
    add_paragraph("finding", filled(std::move(text), {to_word(value)...}));
  }
  // A claim holds if low <= value <= high; NaN never does.
  void claim(const std::string& name, Text what, double value, double low, double high);
  void claim_at_least(const std::string& name, Text what, double value, double low);
  void claim_at_most(const std::string& name, Text what, double value, double high);
  void claim_true(const std::string& name, Text what, bool value);

  void show(const LinePlot& plot) { add_figure(plot.id, plot.title, svg(plot, language_), csv(plot)); }
  void show(const BarPlot& plot) { add_figure(plot.id, plot.title, svg(plot, language_), csv(plot)); }
  void show(const Heatmap& plot) { add_figure(plot.id, plot.title, svg(plot, language_), csv(plot)); }
  void show(const Table& table) { add_figure(table.id, table.title, html(table, language_), csv(table)); }

  int claims() const { return static_cast<int>(claims_.size()); }
  int failed() const { return failed_; }
  const Text& title() const { return title_; }
  const std::string& name() const { return name_; }

  // Writes NAME.html and a CSV file for each figure.
  void write(const std::string& folder, const std::string& data, double seconds) const;

 private:
  struct Claim {
    std::string name;
    Text what;
    double value;
    std::string band;
    bool holds;
  };
  struct Csv {
    std::string id, text;
  };
  void add_paragraph(const std::string& style, const Text& text);
  void add_figure(const std::string& id, const Text& title, const std::string& picture, const std::string& csv);
  void add_claim(const std::string& name, Text what, double value, const std::string& band, bool holds);

  std::string name_;
  Text title_;
  Language language_;
  std::string body_;
  std::vector<Claim> claims_;
  std::vector<Csv> csv_;
  int failed_ = 0;
};

}  // namespace mica::labs
