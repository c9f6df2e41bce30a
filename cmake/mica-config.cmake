include(${CMAKE_CURRENT_LIST_DIR}/mica-targets.cmake)
