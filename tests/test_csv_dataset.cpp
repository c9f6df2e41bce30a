// CSV files as datasets: which column means what, every refusal by line and column, and training from a file.
#include <cstring>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;
using Flowers = CsvDataset<Shape<4>, 8>;
using Houses = CsvDataset<Shape<2>, 8, 2>;
static_assert(is_dataset<Flowers>);
static_assert(!is_dataset<Flowers, float*>);
static_assert(is_dataset<Houses, float*>);
static_assert(!is_dataset<Houses>);
static_assert(target_size<Houses> == 2);
static_assert(sizeof(Flowers) <= 8 * (4 * 4 + 1) + 12);
static_assert(sizeof(Houses) <= 8 * (2 + 2) * 4 + 8);

const std::string iris =
    "sepal length,sepal width,petal length,petal width,species\n"
    "5.1,3.5,1.4,0.2,setosa\n"
    "7.0,3.2,4.7,1.4,versicolor\n"
    "6.3,3.3,6.0,2.5,virginica\n";
constexpr const char* species[] = {"setosa", "versicolor", "virginica"};

CsvOptions with_species() {
  CsvOptions options;
  options.classes = species;
  return options;
}

template <class Data>
Status load(Data& data, const std::string& text, const CsvOptions& options = {}) {
  const std::vector<char> bytes(text.begin(), text.end());
  return data.load(io::MemorySource(bytes.data(), bytes.size(), "iris.csv"), options);
}

// Why a file is refused; the dataset is empty then.
template <class Data = Flowers>
std::string refusal(const std::string& text, const CsvOptions& options = {}) {
  static Data data;
  const Status status = load(data, text, options);
  CHECK(!status.ok());
  CHECK(data.size() == 0);
  return status.message();
}

// Features and label, or targets, of every sample in one row.
std::vector<std::vector<float>> contents(const Flowers& data) {
  std::vector<std::vector<float>> rows;
  for (int i = 0; i < data.size(); ++i) {
    float x[4];
    std::uint8_t label = 99;
    CHECK(data.read(i, x, label).ok());
    rows.push_back({x[0], x[1], x[2], x[3], static_cast<float>(label)});
  }
  return rows;
}

using Rows = std::vector<std::vector<float>>;
const Rows flowers{{5.1f, 3.5f, 1.4f, 0.2f, 0}, {7.0f, 3.2f, 4.7f, 1.4f, 1}, {6.3f, 3.3f, 6.0f, 2.5f, 2}};

Rows loaded(const std::string& text, const CsvOptions& options) {
  static Flowers data;
  const Status status = load(data, text, options);
  CHECK_MESSAGE(status.ok(), doctest::String(status.message()));
  return contents(data);
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

}  // namespace

TEST_CASE("a file with a header and names of classes") {
  CHECK(loaded(iris, with_species()) == flowers);
  CHECK(loaded(replaced(iris, "\n", "\r\n"), with_species()) == flowers);
  CHECK(loaded("\xef\xbb\xbf" + replaced(iris, ",", " ; "), with_species()) == flowers);
  CHECK(loaded(replaced(iris, ",", "\t"), with_species()) == flowers);
  CHECK(loaded(replaced(iris, "setosa", "\"setosa\""), with_species()) == flowers);
  CsvOptions german = with_species();
  german.decimal_point = ',';
  CHECK(loaded(replaced(replaced(iris, ",", ";"), ".", ","), german) == flowers);
}

TEST_CASE("without a header, and with classes that are numbers") {
  const std::string numbers = "5.1,3.5,1.4,0.2,0\n7.0,3.2,4.7,1.4,1\n\n6.3,3.3,6.0,2.5,2";
  CHECK(loaded(numbers, {}) == flowers);
  CsvOptions options;
  options.header = CsvHeader::absent;
  CHECK(loaded(numbers, options) == flowers);
  options.header = CsvHeader::present;
  CHECK(loaded("1,2,3,4,5\n" + numbers, options) == flowers);
  options.header = CsvHeader::find_out;
  options.first_class = 1;
  CHECK(loaded("a,b,c,d,e\n5.1,3.5,1.4,0.2,1\n7.0,3.2,4.7,1.4,2\n6.3,3.3,6.0,2.5,3.0", options) == flowers);
  options.first_class = -1;
  CHECK(loaded("5.1,3.5,1.4,0.2,-1", options) == Rows{flowers[0]});
}

TEST_CASE("the class may stand in any column, and others are left out, by name or by number") {
  const std::string text =
      "id,species,sepal length,note,sepal width,petal length,petal width\n"
      "17,setosa,5.1,\"a,b\n" +
      std::string(500, 'c') +
      "\",3.5,1.4,0.2\n"
      "x,versicolor,7.0,,3.2,4.7,1.4\n";
  constexpr CsvColumn by_name[] = {"id", "note"}, by_number[] = {4, 1}, mixed[] = {"note", 1};
  CsvOptions options = with_species();
  for (const auto& ignored : {by_name, by_number, mixed}) {
    options.ignored = CsvList<CsvColumn>();
    options.ignored.items = ignored;
    options.ignored.size = 2;
    for (const CsvColumn target : {CsvColumn(2), CsvColumn("species")}) {
      options.target = target;
      CHECK(loaded(text, options) == Rows{flowers[0], flowers[1]});
    }
  }
}

TEST_CASE("numbers as targets stand in the last columns, or from one on") {
  static Houses houses;
  REQUIRE(load(houses, "1,2,3,4\n5,6,7,8\n").ok());
  float x[2], target[2];
  REQUIRE(houses.read(1, x, target).ok());
  CHECK((x[0] == 5 && x[1] == 6 && target[0] == 7 && target[1] == 8));
  CsvOptions options;
  options.target = "price";
  REQUIRE(load(houses, "rooms,price,rent,area\n1,2,3,4\n", options).ok());
  REQUIRE(houses.read(0, x, target).ok());
  CHECK((x[0] == 1 && x[1] == 4 && target[0] == 2 && target[1] == 3));
  CHECK(std::string(houses.read(1, x, target).message()) == "Sample 1 was asked for, but there are 1.");
  CHECK(!houses.read(-1, x, target).ok());
  options.target = "area";
  CHECK(refusal<Houses>("rooms,price,rent,area\n1,2,3,4\n", options) ==
        "Line 1 of iris.csv has 4 columns; 2 numbers, 2 targets and 0 ignored columns were expected.");
}

TEST_CASE("what is no number is refused by line, column and name") {
  CHECK(refusal(replaced(iris, "4.7", "abc"), with_species()) ==
        "Line 3, column 3 (\"petal length\") of iris.csv is \"abc\"; a number was expected.");
  CHECK(refusal(replaced(iris, "4.7", ""), with_species()) ==
        "Line 3, column 3 (\"petal length\") of iris.csv is empty; a number was expected.");
  CHECK(refusal(replaced(iris, "4.7", "?"), with_species()) ==
        "Line 3, column 3 (\"petal length\") of iris.csv is \"?\"; a number was expected.");
  CHECK(refusal(replaced(iris, "0.2", "1e39"), with_species()) ==
        "Line 2, column 4 (\"petal width\") of iris.csv is \"1e39\"; the most is 3.4028235e38.");
  CHECK(refusal("5.1,3.5,1.4,0.2,0\n1,2,nan,4,0\n") ==
        "Line 2, column 3 of iris.csv is \"nan\"; a number was expected.");
  CHECK(refusal(replaced(replaced(iris, ",", ";"), "3.3", "3,3"), with_species()) ==
        "Line 4, column 2 (\"sepal width\") of iris.csv is \"3,3\"; a decimal point was expected.");
  CHECK(refusal(replaced(iris, "6.0", std::string(300, '1')), with_species()) ==
        "Line 4, column 3 (\"petal length\") of iris.csv has more than 255 characters; a number was expected.");
  // Long names and values are shortened, not within a character; nothing ends the line.
  CHECK(refusal(replaced(replaced(iris, "sepal length", "\"a\n" + std::string(21, 'b') + "\xc3\xa4\xc3\xb6\""), "7.0",
                         "\"\x1b[31m\t\xc3\xa4 quite a long sentence\""),
                with_species()) ==
        "Line 4, column 1 (\"a?" + std::string(21, 'b') +
            "...\") of iris.csv is \"?[31m?\xc3\xa4 quite a long se...\"; a number was expected.");
}

TEST_CASE("classes that do not exist are refused") {
  CHECK(refusal(replaced(iris, "virginica", "virginca"), with_species()) ==
        "Line 4, column 5 (\"species\") of iris.csv is \"virginca\"; the name of a class was expected, such as "
        "\"setosa\".");
  CHECK(refusal(replaced(iris, "virginica", ""), with_species()) ==
        "Line 4, column 5 (\"species\") of iris.csv is empty; the name of a class was expected, such as \"setosa\".");
  for (const char* bad : {"-1", "256", "1.5", "1e10", "setosa", "?"}) {
    CHECK(refusal("1,2,3,4,0\n1,2,3,4," + std::string(bad) + "\n") ==
          "Line 2, column 5 of iris.csv is \"" + std::string(bad) + "\"; a class from 0 to 255 was expected.");
  }
  CsvOptions options;
  options.first_class = 1;
  CHECK(refusal("1,2,3,4,0\n", options) ==
        "Line 1, column 5 of iris.csv is \"0\"; a class from 1 to 256 was expected.");
}

TEST_CASE("missing values are replaced if the user says by what, in numbers only") {
  CsvOptions options = with_species();
  options.replace_missing = true;
  options.missing_value = -1;
  const Rows expected{{5.1f, -1, 1.4f, -1, 0}};
  CHECK(loaded("5.1,,1.4,?,setosa\n", options) == expected);
  options.missing_mark = "NA";
  CHECK(loaded("5.1,NA,1.4,,setosa\n", options) == expected);
  CHECK(refusal("5.1,NA,1.4,?,setosa\n", options) == "Line 1, column 4 of iris.csv is \"?\"; a number was expected.");
  options.missing_mark = nullptr;
  CHECK(loaded("5.1,,1.4,,setosa\n", options) == expected);
  CHECK(refusal("1,2,3,4,\n", options) ==
        "Line 1, column 5 of iris.csv is empty; the name of a class was expected, such as \"setosa\".");
}

TEST_CASE("lines of another length are refused, and tables that do not fit") {
  CHECK(refusal(replaced(iris, "1.4,versicolor", "versicolor"), with_species()) ==
        "Line 3, column 4 (\"petal width\") of iris.csv is \"versicolor\"; a number was expected.");
  CHECK(refusal("1,2,3,4,0\n1,2,3\n") == "Line 2 of iris.csv has 3 columns, but line 1 has 5.");
  CHECK(refusal("\n1,2,3,4,0\n\n1,2,3,4,0,6,7\n") == "Line 4 of iris.csv has 7 columns, but line 2 has 5.");
  CHECK(refusal("1,2,3,4,0\n1\n") == "Line 2 of iris.csv has 1 column, but line 1 has 5.");
  CHECK(refusal("1,2,3,4,5,6\n") ==
        "Line 1 of iris.csv has 6 columns; 4 numbers, 1 class and 0 ignored columns were expected.");
  CHECK(refusal("1 2 3 4 5\n") ==
        "Line 1 of iris.csv has 1 columns; 4 numbers, 1 class and 0 ignored columns were expected.");
  std::string nine;
  for (int i = 0; i < 9; ++i) nine += "1,2,3,4,0\n";
  CHECK(refusal(nine) == "iris.csv holds more than 8 samples; there is no room for more.");
  static Flowers data;
  CHECK(load(data, nine.substr(10)).ok());
  CHECK(data.size() == 8);
  CHECK(refusal("") == "iris.csv holds no lines.");
  CHECK(refusal("\n  \n") == "iris.csv holds no lines.");
  CHECK(refusal("a,b,c,d,e\n") == "iris.csv holds no samples, only a header.");
}

TEST_CASE("columns that do not exist are refused by name") {
  CsvOptions options = with_species();
  options.target = "specie";
  CHECK(refusal(iris, options) == "There is no column \"specie\" in line 1 of iris.csv.");
  constexpr CsvColumn nothing[] = {"weight"}, twice[] = {1, 1}, target_too[] = {5}, outside[] = {6};
  options = with_species();
  options.ignored = nothing;
  CHECK(refusal(iris, options) == "There is no column \"weight\" in line 1 of iris.csv.");
  for (const auto& bad : {CsvList<CsvColumn>(twice), CsvList<CsvColumn>(target_too), CsvList<CsvColumn>(outside)}) {
    options.ignored = bad;
    CHECK(refusal(iris, options).find("Line 1 of iris.csv has 5 columns; 4 numbers, 1 class and ") == 0);
  }
  for (const int column : {-1, 6, 7, 2000000000}) {
    options = with_species();
    options.target = column;
    CHECK(refusal(iris, options).find("Line 1 of iris.csv has 5 columns; ") == 0);
  }
}

TEST_CASE("a first line that is partly numbers is data") {
  CHECK(refusal("1,2,three,4,0\n") == "Line 1, column 3 of iris.csv is \"three\"; a number was expected.");
  // Missing numbers alone make no header.
  CHECK(refusal("?,,?,,0\n") == "Line 1, column 1 of iris.csv is \"?\"; a number was expected.");
  CHECK(refusal("a,b,c,d,0\n1,2,3,4,x\n") ==
        "Line 2, column 5 (\"0\") of iris.csv is \"x\"; a class from 0 to 255 was expected.");
}

TEST_CASE("a file cut at any byte, with any byte changed, is read or refused in a whole sentence") {
  const CsvOptions options = with_species();
  static Flowers data;
  for (std::size_t count = 0; count < iris.size(); ++count) {
    const Status status = load(data, iris.substr(0, count), options);
    CHECK(status.ok() == (data.size() > 0));
    if (!status.ok()) CHECK(status.message()[std::strlen(status.message()) - 1] == '.');
  }
  for (std::size_t at = 0; at < iris.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = iris;
      flipped[at] = static_cast<char>(flipped[at] ^ 1 << bit);
      const Status status = load(data, flipped, options);
      CHECK(status.ok() == (data.size() > 0));
      if (!status.ok()) CHECK(status.message()[std::strlen(status.message()) - 1] == '.');
    }
  }
}

TEST_CASE("a long path and long names leave room for the sentence") {
  const std::string path(300, 'p'), name(300, 'n'), text = name + ",b,c,d,e\n" + std::string(200, 'v') + ",2,3,4,0\n";
  CsvOptions options;
  options.header = CsvHeader::present;
  Flowers data;
  const Status status = data.load(io::MemorySource(text.data(), text.size(), path.c_str()), options);
  const std::string message = status.message();
  CHECK(message.find("Line 2, column 1 (\"nnn") == 0);
  CHECK(message.find("...\"; a number was expected.") != std::string::npos);
}

TEST_CASE("a network learns from a CSV file") {
  // Three kinds of points, the columns in units of their own.
  std::string text = "id,length,mass,kind\n";
  for (int i = 0; i < 150; ++i) {
    const Random random = Random(3).fork(static_cast<std::uint32_t>(i));
    const int kind = i % 3;
    text += std::to_string(i) + "," + std::to_string(1000 + 10 * kind + static_cast<int>(random.below(9, 0))) + ".5,";
    text += std::to_string(kind == 1 ? 5 : 9) + "e-4," + (kind == 0 ? "red" : kind == 1 ? "green" : "blue") + "\n";
  }
  using Points = CsvDataset<Shape<2>, 200>;
  using Net = Sequential<Input<2>, Dense<8>, Tanh, Dense<3>>;
  static Points points;
  static ColumnStatistics<Points> statistics;
  static Model<Net> model;
  static Trainer<Net, SoftmaxCrossEntropy, Adam, 16> trainer;
  static Fit<Net, SoftmaxCrossEntropy, Adam, 16> fit;
  constexpr const char* kinds[] = {"red", "green", "blue"};
  constexpr CsvColumn ignored[] = {"id"};
  CsvOptions options;
  options.classes = kinds;
  options.ignored = ignored;
  REQUIRE(load(points, text, options).ok());
  CHECK(points.size() == 150);
  fit.validation_share = 0.2f;
  fit.epochs = 40;
  trainer.optimizer.learning_rate = 0.02f;
  REQUIRE(statistics.measure(points, fit.split(points.size())).ok());
  const auto standardization = statistics.standardization();
  model.initialize(1);
  float accuracy = 0;
  const Status status = fit.run(model, trainer, Standardized(points, standardization), [&](const Progress& p) {
    if (p.epoch_ended) accuracy = p.validation.accuracy;
    return true;
  });
  CHECK(status.ok());
  CHECK(accuracy > 0.95f);
}
