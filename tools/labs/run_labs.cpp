#include <chrono>
#include <cstdio>

#include "drawing.hpp"
#include "page.hpp"
#include "registry.hpp"

namespace mica::labs {
namespace {

void write_index(const std::vector<const Lab*>& labs, const std::vector<int>& failed, const Settings& settings) {
  const Text title = {"The labs", "Các thí nghiệm"};
  std::string body = "<table>\n";
  for (std::size_t i = 0; i < labs.size(); ++i) {
    body += "<tr><td><a href=\"" + std::string(labs[i]->name) + ".html\">" +
            escaped(labs[i]->title.in(settings.language)) + "</a><br>" +
            escaped(labs[i]->question.in(settings.language)) + "</td><td>" + (failed[i] == 0 ? "✓" : "✗") +
            "</td></tr>\n";
  }
  write_file(settings.out + "/index.html", page(title.in(settings.language), body + "</table>\n", settings.language));
}

}  // namespace

int run_labs(const std::vector<const Lab*>& labs, const Settings& settings) {
  make_folder(settings.out);
  const Source source(settings.data);
  int all_failed = 0;
  std::vector<int> failed;
  for (const Lab* lab : labs) {
    const auto begin = std::chrono::steady_clock::now();
    Report report(lab->name, lab->title, lab->question, settings.language);
    Context context{report, source, settings.quick, settings.seed};
    lab->run(context);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    report.write(settings.out, source.name(), seconds);
    std::printf("  %s/%s.html, %.1f s\n\n", settings.out.c_str(), lab->name, seconds);
    failed.push_back(report.failed());
    all_failed += report.failed();
  }
  if (labs.size() > 1) write_index(labs, failed, settings);
  return all_failed;
}

}  // namespace mica::labs
