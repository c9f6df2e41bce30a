// mica lab: lists, refuses, and writes pages in both languages. What the labs find is tested where they run in full.
#include <algorithm>

#include "command_runner.hpp"

using namespace command_runner;

TEST_CASE("the labs are listed, in both languages") {
  start_afresh();
  const Result english = mica_works("lab list");
  CHECK(std::count(english.out.begin(), english.out.end(), '\n') == 26);
  CHECK(english.out.find("zero-init ") == 0);
  CHECK(english.out.find("Why can a network whose weights all start at 0 not learn?") != std::string::npos);
  CHECK(mica_works("lab list --lang vi").out.find("Vì sao mạng") != std::string::npos);
}

TEST_CASE("what cannot be done is refused in a sentence") {
  start_afresh();
  mica_refuses("lab", "needs a list|run");
  mica_refuses("lab walk", "takes list or run, not \"walk\"");
  mica_refuses("lab run", "needs the name of a lab");
  mica_refuses("lab run norm", "did you mean norms?");
  mica_refuses("lab list norms", "takes nothing after it");
  mica_refuses("lab run norms --lang fr", "--lang takes en (English) or vi (Vietnamese)");
  mica_refuses("lab run norms --quick --out /dev/null/x", "cannot be made");
}

TEST_CASE("a lab writes its page, its numbers and its claims, and the page needs nothing else") {
  start_afresh();
  for (const char* language : {"en", "vi"}) {
    const Result result = mica_works(std::string("lab run maclaurin --quick --out pages --lang ") + language);
    CHECK(result.out.find("[holds]") != std::string::npos);
    CHECK(result.out.find("[FAILS]") == std::string::npos);
    const std::string page = read_file("pages/maclaurin.html");
    CHECK(page.find(std::string("<html lang=\"") + language) != std::string::npos);
    CHECK(page.find("<svg") != std::string::npos);
    CHECK(page.find("prefers-color-scheme: dark") != std::string::npos);
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("http://") == std::string::npos);
    CHECK(page.find("https://") == std::string::npos);
    CHECK(page.find("{}") == std::string::npos);
  }
  CHECK(read_file("pages/maclaurin-functions.csv").find("series,x,y\n") == 0);
  const std::string claims = read_file("pages/maclaurin-claims.csv");
  CHECK(claims.find("claim,measured,band,holds\n") == 0);
  CHECK(claims.find("tanh-holds,0.58") != std::string::npos);
}

TEST_CASE("the same seed gives the same numbers") {
  start_afresh();
  mica_works("lab run norms --quick --out one --seed 5");
  mica_works("lab run norms --quick --out other --seed 5");
  mica_works("lab run norms --quick --out third --seed 6");
  CHECK(read_file("one/norms-triangle.csv") == read_file("other/norms-triangle.csv"));
  CHECK(read_file("one/norms-triangle.csv") != read_file("third/norms-triangle.csv"));
}

TEST_CASE("a watched training run writes its page and has the same weights") {
  start_afresh();
  const std::string train = "train --model tiny --limit 500 --epochs 2 --validation 0.2 --quiet --json";
  const Result plain = mica_works(train), watched = mica_works(train + " --watch seen");
  CHECK(member(plain.last_line(), "weights_hash") == member(watched.last_line(), "weights_hash"));
  const std::string page = read_file("seen/index.html");
  for (const char* part : {"id=\"loss\"", "id=\"accuracy\"", "id=\"rate\"", "id=\"activation\"", "id=\"gradient\"",
                           "id=\"weight\"", "id=\"change\"", "Done. Epoch 2 of 2", "left.", "validation"}) {
    CHECK_MESSAGE(page.find(part) != std::string::npos, part);
  }
  // Once the run is over the page does not load itself again.
  CHECK(page.find("http-equiv=\"refresh\"") == std::string::npos);
  // One curve for each layer with weights.
  const std::string gradients = read_file("seen/gradient.csv");
  CHECK(gradients.find("1 Dense<32>,") != std::string::npos);
  CHECK(gradients.find("3 Dense<10") != std::string::npos);
  // An autoencoder has no accuracy, and no labels.
  mica_works("train --model autoencoder --limit 200 --epochs 1 --quiet --watch other");
  CHECK(read_file("other/index.html").find("id=\"accuracy\"") == std::string::npos);
}
