#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// CsvColumn: a column by its number, counted from 1, or by its name in the header. Memory: a pointer and an int.
struct CsvColumn {
  const char* name;  // null where the number is meant
  int number;        // 0: the last columns of the line

  constexpr CsvColumn(int column) : name(nullptr), number(column) {}
  constexpr CsvColumn(const char* column) : name(column), number(0) {}
  static constexpr CsvColumn last() { return CsvColumn(0); }
};

// CsvList: an array of the user's, which must outlive the list. Memory: a pointer and an int.
template <class T>
struct CsvList {
  const T* items = nullptr;
  int size = 0;

  constexpr CsvList() = default;
  template <int count>
  constexpr CsvList(const T (&array)[count]) : items(array), size(count) {}
};

// Whether the first line names the columns. Found out: it does if none of its numbers is a number.
enum class CsvHeader : int { find_out, present, absent };

// CsvOptions: how a CSV file is written, and what its columns mean. Without any, the last column is the class, a whole
// number from 0, and all others are numbers. Memory: 80 bytes.
struct CsvOptions {
  char separator = 0;  // 0: a comma, a semicolon or a tab, whichever the file has (see CsvReader)
  char decimal_point = '.';
  CsvHeader header = CsvHeader::find_out;
  CsvColumn target = CsvColumn::last();  // the class, or the first of the target's numbers
  CsvList<CsvColumn> ignored;            // at most 64 columns that are neither
  CsvList<const char*> classes;          // names: the first is class 0; without names the column holds numbers
  int first_class = 0;                   // which number is class 0
  // A missing value is an empty field, or this mark. Missing classes are always refused.
  const char* missing_mark = "?";
  bool replace_missing = false;  // by missing_value; otherwise refused
  float missing_value = 0;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
