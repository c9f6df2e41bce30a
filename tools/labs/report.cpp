#include "report.hpp"

#include <cmath>
#include <cstdio>

#include "drawing.hpp"
#include "page.hpp"

namespace mica::labs {

Report::Report(std::string name, Text title, Text question, Language language)
    : name_(std::move(name)), title_(std::move(title)), language_(language) {
  std::printf("%s: %s\n", name_.c_str(), title_.in(language_).c_str());
  add_paragraph("question", question);
}

void Report::claim(const std::string& name, Text what, double value, double low, double high) {
  add_claim(name, std::move(what), value, number(low, 5) + " ... " + number(high, 5), value >= low && value <= high);
}
void Report::claim_at_least(const std::string& name, Text what, double value, double low) {
  add_claim(name, std::move(what), value, "≥ " + number(low, 5), value >= low);
}
void Report::claim_at_most(const std::string& name, Text what, double value, double high) {
  add_claim(name, std::move(what), value, "≤ " + number(high, 5), value <= high);
}
void Report::claim_true(const std::string& name, Text what, bool value) {
  add_claim(name, std::move(what), value ? 1 : 0, "= 1", value);
}

void Report::add_claim(const std::string& name, Text what, double value, const std::string& band, bool holds) {
  failed_ += !holds;
  std::printf("  %s %s: %s (%s)\n", holds ? "[holds]" : "[FAILS]", what.in(language_).c_str(), number(value, 5).c_str(),
              band.c_str());
  std::fflush(stdout);
  claims_.push_back({name, std::move(what), value, band, holds});
}

void Report::add_paragraph(const std::string& style, const Text& text) {
  body_ += "<p class=\"" + style + "\">" + escaped(text.in(language_)) + "</p>\n";
  std::printf("  %s\n", text.in(language_).c_str());
  std::fflush(stdout);
}

void Report::add_figure(const std::string& id, const Text& title, const std::string& picture, const std::string& csv) {
  body_ += "<figure id=\"" + id + "\">\n<figcaption>" + escaped(title.in(language_)) + "</figcaption>\n" + picture +
           "</figure>\n";
  csv_.push_back({id, csv});
}

void Report::write(const std::string& folder, const std::string& data, double seconds) const {
  const Text heading = {"What must come out", "Điều phải xảy ra"};
  const Text columns[] = {{"claim", "khẳng định"}, {"measured", "đo được"}, {"band", "khoảng"}, {"holds", "đúng"}};
  std::string claims = "<h2>" + heading.in(language_) + "</h2>\n<table class=\"claims\">\n<tr>";
  for (const Text& column : columns) claims += "<th>" + column.in(language_) + "</th>";
  claims += "</tr>\n";
  std::string csv_of_claims = "claim,measured,band,holds\n";
  for (const Claim& claim : claims_) {
    claims += "<tr id=\"claim-" + claim.name + "\"><td>" + escaped(claim.what.in(language_)) + "</td><td>" +
              number(claim.value, 5) + "</td><td>" + claim.band + "</td><td>" + (claim.holds ? "✓" : "✗") +
              "</td></tr>\n";
    csv_of_claims +=
        claim.name + "," + number(claim.value, 9) + "," + claim.band + "," + (claim.holds ? "1" : "0") + "\n";
  }
  claims += "</table>\n";
  std::string files;
  const auto write_csv = [&](const std::string& id, const std::string& text) {
    const std::string file = name_ + "-" + id + ".csv";
    write_file(folder + "/" + file, text);
    files += (files.empty() ? "" : ", ") + ("<a href=\"" + file + "\">" + file + "</a>");
  };
  for (const Csv& csv : csv_) write_csv(csv.id, csv.text);
  write_csv("claims", csv_of_claims);
  const Text made = filled({"Made by mica lab run " + name_ + " on {} in {} s. Numbers: ",
                            "Tạo bởi mica lab run " + name_ + " với {} trong {} giây. Số liệu: "},
                           {data, number(seconds, 3)});
  const std::string footer = "<footer>" + escaped(made.in(language_)) + files + "</footer>\n";
  write_file(folder + "/" + name_ + ".html", page(title_.in(language_), body_ + claims + footer, language_));
}

}  // namespace mica::labs
