/**
 * The tasks a network can be trained for, shared by the packages that train and localize. Internal:
 * may change in any version.
 */
package verydeep.internal.tasks;
