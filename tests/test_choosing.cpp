// The tables of docs/choosing.md are what the experiments print. The smallest one runs here, as part of this program,
// and needs no files; the others are renewed by `choosing write docs/choosing.md`.
#include <cstdio>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "support.hpp"
#include "tools/choosing/grid.cpp"
#include "tools/choosing/losses.cpp"

namespace {

using mica::choosing::Context;
using mica::choosing::Grid;
using mica::choosing::Scores;
using mica::choosing::Source;

std::string read(const std::string& path) {
  std::string text;
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  REQUIRE_MESSAGE(file != nullptr, path);
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text += static_cast<char>(c);
  std::fclose(file);
  return text;
}

}  // namespace

// Without a fused multiply-add the numbers are others.
TEST_CASE("the page shows what the experiment `losses` prints" * doctest::skip(!tests::fused)) {
  const std::string page = read(MICA_PAGES "choosing.md");
  std::ostringstream out;
  Context context{Source(""), out};
  mica::choosing::losses(context);
  CHECK_MESSAGE(page.find("<!-- choosing run losses -->\n" + out.str() + "<!-- end -->\n") != std::string::npos,
                "docs/choosing.md does not show this: " << out.str());
}

TEST_CASE("Grid: who is level with the best, and who is behind") {
  std::ostringstream out;
  Grid grid("choice", {"case"}, {"note"});
  grid.add("a", {Scores{{90, 91, 92}}}, {"4"});
  grid.add("b", {Scores{{92, 93, 94}}}, {"8"});
  grid.add("c", {Scores{{80, 81, 91.9}}}, {"0"});
  grid.print(out);
  CHECK(out.str() ==
        "| choice | case | note |\n| --- | --- | --- |\n"
        "| a | 91.0 (90.0 to 92.0) | 4 |\n| b | 93.0 (92.0 to 94.0) | 8 |\n| c | 84.3 (80.0 to 91.9) | 0 |\n\n"
        "Best mean, by case:\n\n- case: b (93.0); within its spread a; behind by 8.7 or more c.\n\n");
}

TEST_CASE("Grid: the lowest may be the best") {
  std::ostringstream out;
  Grid grid("choice", {"case"}, {}, Grid::Best::lowest, 0);
  grid.add("a", {Scores{{1, 2, 3}}});
  grid.add("b", {Scores{{4, 5, 6}}});
  grid.print(out);
  CHECK(out.str().find("- case: a (2); behind by 3 or more b.\n") != std::string::npos);
}
